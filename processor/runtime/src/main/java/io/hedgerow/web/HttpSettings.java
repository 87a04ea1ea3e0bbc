package io.hedgerow.web;

/**
 * Where health, metrics and whatever else there is are served.
 *
 * @param port 0 for any free one
 */
public record HttpSettings(int port, String address) {}
