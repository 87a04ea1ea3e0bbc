package io.hedgerow.service;

import io.hedgerow.stream.LookAhead;
import io.hedgerow.stream.ReadAheadPlan;

/**
 * What stream threads read ahead with, so that the same devices can be measured with Kafka and without.
 *
 * @param lookAhead starts explanations, and knows those that have been started
 * @param plan how much is read ahead
 */
public record ReadAhead(LookAhead lookAhead, ReadAheadPlan plan) {}
