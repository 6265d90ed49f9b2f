<?php
// Does for `php -S` what WordPress's .htaccess does for Apache: what exists is served as it is,
// everything else is for index.php, which reads the pretty address.
$root = $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$is_front_page = $path === '/' || str_contains($path, '..');

if (!$is_front_page && (is_file($root . $path) || is_file(rtrim($root . $path, '/') . '/index.php'))) {
    return false;
}

// The built-in server guesses these from the address, and WordPress believes them.
unset($_SERVER['PATH_INFO']);
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $root . '/index.php';
chdir($root);
require $root . '/index.php';
