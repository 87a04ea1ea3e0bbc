package io.hedgerow.topics;

import java.util.List;

/**
 * What became of a topic.
 *
 * @param outcome a few words
 * @param differences from what is needed, a sentence each; empty if all is well
 */
public record TopicStatus(String topic, String outcome, List<String> differences) {}
