package io.hedgerow.audit.trail;

/**
 * The topics of an audit trail, and of what it accounts for.
 *
 * @param application that keeps it, by its id
 * @param input topic of the events
 * @param explanations topic of the explanations
 * @param entries topic of the entries
 * @param checkpoints topic of the checkpoints
 */
public record TrailTopics(String application, String input, String explanations, String entries, String checkpoints) {}
