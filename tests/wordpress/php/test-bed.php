<?php
/**
 * A must-use plugin: what the test bed needs of a WordPress that has no plugins.
 */

// No mail: WordPress would write to the administrator for the installation and for comments.
add_filter('pre_wp_mail', '__return_true');

// Security plugins close the REST API to everybody who is not logged in, in these words.
add_filter('rest_authentication_errors', function ($result) {
    if (!empty($result) || !get_option('test_bed_rest_closed') || is_user_logged_in()) {
        return $result;
    }
    return new WP_Error('rest_not_logged_in', 'You are not currently logged in.', array('status' => 401));
});
