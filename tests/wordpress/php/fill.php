<?php
/**
 * Install, fill and change the WordPress of the tests: one JSON object on stdin names the action
 * and its values, one JSON object on stdout answers. Run in the folder of the site.
 */

$input = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
if ($input['action'] === 'install') {
    define('WP_INSTALLING', true);
}
$_SERVER['HTTP_HOST'] = parse_url(getenv('WORDPRESS_HOME'), PHP_URL_HOST);
$_SERVER['REQUEST_URI'] = '/';
require getcwd() . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/admin.php';

/** Ends the script with the error's words, which the caller puts into its exception. */
function must($result) {
    if (is_wp_error($result)) {
        throw new RuntimeException($result->get_error_message());
    }
    return $result;
}

function install(array $input): array {
    require ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install($input['title'], 'admin', 'admin@example.org', true, '', 'not used');
    foreach ($input['options'] as $name => $value) {
        update_option($name, $value);
    }
    return array();
}

/** WordPress greets a new owner with a post, two pages and a comment. */
function delete_greetings(): void {
    foreach (get_posts(array('post_type' => array('post', 'page'), 'post_status' => 'any', 'numberposts' => -1)) as $post) {
        wp_delete_post($post->ID, true);
    }
}

function insert_author(array $author): int {
    return must(wp_insert_user(array(
        'user_login' => $author['login'],
        'user_nicename' => $author['login'],
        'user_email' => $author['login'] . '@example.org',
        'user_pass' => wp_generate_password(),
        'display_name' => $author['name'],
        'role' => 'author',
    )));
}

function term_ids(array $names, string $taxonomy): array {
    return array_map(function ($name) use ($taxonomy) {
        $known = term_exists($name, $taxonomy);
        return (int) ($known ?: must(wp_insert_term($name, $taxonomy)))['term_id'];
    }, $names);
}

function describe_post(int $id): array {
    $post = get_post($id);
    return array(
        'id' => $id,
        'slug' => $post->post_name,
        'url' => get_permalink($id),
        'published_gmt' => $post->post_date_gmt,
        'modified_gmt' => $post->post_modified_gmt,
    );
}

function insert_post(array $post): array {
    $fields = array(
        'post_type' => $post['kind'],
        'post_status' => $post['status'],
        'post_name' => $post['slug'],
        'post_title' => $post['title'],
        'post_content' => $post['content'],
        'post_excerpt' => $post['excerpt'],
        'post_password' => $post['password'],
        'post_date' => $post['local_time'],
        'post_author' => get_user_by('slug', $post['author'])->ID,
        'post_parent' => $post['parent_id'],
        'comment_status' => 'open',
    );
    if ($post['kind'] === 'post') {
        $fields['post_category'] = term_ids($post['categories'], 'category');
        $fields['tags_input'] = $post['tags'];
    }
    $id = must(wp_insert_post(wp_slash($fields), true));
    if ($post['is_sticky']) {
        stick_post($id);
    }
    return describe_post($id);
}

function insert_comment(array $comment): int {
    $user = $comment['login'] ? get_user_by('slug', $comment['login']) : null;
    return wp_insert_comment(wp_slash(array(
        'comment_post_ID' => $comment['post_id'],
        'comment_parent' => $comment['parent_id'],
        'comment_type' => $comment['kind'],
        'comment_approved' => $comment['state'],
        'comment_author' => $comment['author'],
        'comment_author_email' => $comment['email'],
        'comment_author_url' => $comment['author_url'],
        'comment_content' => $comment['content'],
        'comment_date' => get_date_from_gmt($comment['gmt_time']),
        'comment_date_gmt' => $comment['gmt_time'],
        'user_id' => $user ? $user->ID : 0,
    )));
}

/** `parent` and `post` name an object that stands earlier in the same list. */
function fill(array $input): array {
    // Not while installing: taxonomies have no addresses in a process that began without permalinks.
    flush_rewrite_rules(false);
    delete_greetings();
    $authors = $posts = $comments = array();
    wp_defer_term_counting(true);
    wp_defer_comment_counting(true);
    foreach ($input['authors'] as $author) {
        $authors[$author['login']] = insert_author($author);
    }
    foreach ($input['posts'] as $post) {
        $post['parent_id'] = $post['parent'] ? $posts[$post['parent']]['id'] : 0;
        $posts[$post['key']] = insert_post($post);
    }
    foreach ($input['comments'] as $comment) {
        $comment['post_id'] = $posts[$comment['post']]['id'];
        $comment['parent_id'] = $comment['parent'] ? $comments[$comment['parent']] : 0;
        $comments[$comment['key']] = insert_comment($comment);
    }
    wp_defer_term_counting(false);
    wp_defer_comment_counting(false);
    return array('version' => get_bloginfo('version'), 'authors' => $authors, 'posts' => $posts, 'comments' => $comments);
}

function edit_post_content(array $input): array {
    must(wp_update_post(wp_slash(array('ID' => $input['id'], 'post_content' => $input['content'])), true));
    return describe_post($input['id']);
}

function delete_post(array $input): array {
    if (!wp_delete_post($input['id'], true)) {
        throw new RuntimeException("There is no post {$input['id']}.");
    }
    return array();
}

function use_theme(array $input): array {
    if (!wp_get_theme($input['name'])->exists()) {
        throw new RuntimeException("There is no theme {$input['name']}.");
    }
    switch_theme($input['name']);
    return array();
}

function set_option(array $input): array {
    update_option($input['name'], $input['value']);
    return array();
}

if ($input['action'] !== 'install') {
    // Without an administrator WordPress cuts markup out of what is inserted.
    wp_set_current_user(1);
}
$actions = array(
    'install' => 'install',
    'fill' => 'fill',
    'add_post' => 'insert_post',
    'edit_post' => 'edit_post_content',
    'delete_post' => 'delete_post',
    'use_theme' => 'use_theme',
    'set_option' => 'set_option',
);
echo json_encode((object) $actions[$input['action']]($input), JSON_THROW_ON_ERROR);
