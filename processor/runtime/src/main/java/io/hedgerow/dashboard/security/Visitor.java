package io.hedgerow.dashboard.security;

/**
 * Who asks.
 *
 * @param name as a proxy names them; empty if none does
 * @param writes whether they may answer, besides looking
 */
public record Visitor(String name, boolean writes) {}
