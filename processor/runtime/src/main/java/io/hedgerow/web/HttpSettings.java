package io.hedgerow.web;

/**
 * Where health and metrics are served.
 *
 * @param port 0 for any free one
 */
public record HttpSettings(int port, String address) {}
