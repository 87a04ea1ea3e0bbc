package io.hedgerow.stream;

import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;

/**
 * What the topology reads, writes and tolerates.
 *
 * @param records largest record for each output
 * @param softwareVersion version of this program, for what is written
 */
public record TopologySettings(
        Topics topics, RecordLimits records, ExplainSettings explaining, String softwareVersion) {}
