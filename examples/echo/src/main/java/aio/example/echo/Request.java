package aio.example.echo;

/**
 * The head of an HTTP request. Immutable.
 *
 * @param method as it was sent, such as {@code GET}
 * @param path without the query
 * @param keepAlive whether the connection stays open afterwards
 */
record Request(String method, String path, boolean keepAlive) {}
