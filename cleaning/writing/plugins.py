"""Boxes that plugins add to the content itself."""

from collections.abc import Mapping

# Each is the outermost element that the plugin
# prints, and none of them ever wraps the content.
_PLUGIN_CLASSES = frozenset(
    {
        # Jetpack and WordPress.com: sharing buttons, related posts, likes, ratings
        *("sharedaddy", "sd-sharing-enabled", "jp-relatedposts", "jp-relatedposts-headline"),
        *("wpl-likebox", "jetpack-likes-widget-wrapper", "wp-block-jetpack-sharing-buttons"),
        *("wp-block-jetpack-related-posts", "wp-block-jetpack-like", "pd-rating", "wpcnt"),
        # AddToAny, AddThis, ShareThis, Shareaholic
        *("addtoany_share_save_container", "addtoany_content", "addtoany_shortcode", "a2a_kit"),
        *("addthis_toolbox", "addthis_inline_share_toolbox", "addthis_button", "at-share-btn"),
        *("sharethis-inline-share-buttons", "sharethis-inline-reaction-buttons"),
        *("shareaholic-canvas", "shareaholic-share-buttons-container"),
        # Super Socializer (heateor), Simple Share Buttons Adder, Scriptless, Social Warfare
        *("heateor_sss_sharing_container", "heateor_sss_sharing_ul", "the_champ_sharing_container"),
        *(
            "ssba",
            "ssba-wrap",
            "ssba-classic-2",
            "ssba-modern-2",
            "ssbp-wrap",
            "scriptlesssocialsharing",
        ),
        *("swp_social_panel", "swp-content-locator", "nc_socialPanel", "nc_socialPanelSide"),
        # Other share bars
        *("essb_links", "mashsb-container", "dpsp-content-wrapper", "simplesocialbuttons"),
        *("wp-socializer", "et_social_inline", "sfsi_Sicons", "sfsiaftrpstwpr", "sfsibeforpstwpr"),
        *(
            "juiz_sps_links",
            "wpsso-buttons",
            "novashare-buttons",
            "wabtn_container",
            "share-buttons",
        ),
        *("post-share-buttons", "social-share-buttons", "fcbk_share", "twttr_button"),
        # Related posts, print buttons
        *("yarpp", "yarpp-related", "crp_related", "rp4wp-related-posts", "wp_rp_wrap"),
        *("related_post", "zem_rp_wrap", "printfriendly"),
        # WordPress itself: links to the other pages of a post that has several
        *("page-links", "post-nav-links"),
        # and the button beside the link to a file, which leads to the same file
        "wp-block-file__button",
    }
)
_PLUGIN_IDS = frozenset({"jp-relatedposts", "wp-toolbar", "wpadminbar"})


def is_plugin_box(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is a box that a plugin adds to the content."""
    names = attributes.get("class")
    if names and not _PLUGIN_CLASSES.isdisjoint(names.split()):
        return True
    return attributes.get("id") in _PLUGIN_IDS
