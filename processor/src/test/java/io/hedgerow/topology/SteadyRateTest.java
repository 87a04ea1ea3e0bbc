package io.hedgerow.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SteadyRateTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void partitionsThatBeginLateOrEndEarlyAreNoThroughput() {
        SteadyRate rate = new SteadyRate(80, 2);
        saw(rate, 0, 10, 5 * SECOND);
        saw(rate, 0, 10, 9 * SECOND);
        saw(rate, 1, 10, 10 * SECOND);
        saw(rate, 0, 10, 11 * SECOND);
        saw(rate, 1, 10, 12 * SECOND);
        saw(rate, 0, 10, 13 * SECOND);
        saw(rate, 1, 10, 20 * SECOND);
        saw(rate, 1, 10, 30 * SECOND);
        assertEquals(80, rate.count());
        assertEquals(30 / 3.0, rate.perSecond(), 1e-9);
    }

    @Test
    void onePartitionFlowsFromItsFirstToItsLast() {
        SteadyRate rate = new SteadyRate(30, 1);
        saw(rate, 0, 10, SECOND);
        saw(rate, 0, 15, 2 * SECOND);
        saw(rate, 0, 5, 5 * SECOND);
        assertEquals(20 / 4.0, rate.perSecond(), 1e-9);
    }

    @Test
    void partitionsOneAfterTheOtherCountAsAWhole() {
        SteadyRate rate = new SteadyRate(40, 2);
        saw(rate, 0, 10, SECOND);
        saw(rate, 0, 10, 2 * SECOND);
        saw(rate, 1, 10, 3 * SECOND);
        saw(rate, 1, 10, 4 * SECOND);
        assertEquals(30 / 3.0, rate.perSecond(), 1e-9);
    }

    @Test
    void fewerImagesThanPartitionsCountAsAWhole() {
        SteadyRate rate = new SteadyRate(2, 3);
        saw(rate, 0, 1, SECOND);
        saw(rate, 1, 1, 3 * SECOND);
        assertEquals(1 / 2.0, rate.perSecond(), 1e-9);
    }

    private static void saw(SteadyRate rate, int partition, int explanations, long now) {
        rate.saw(
                Collections.nCopies(explanations, new ConsumerRecord<>("explanations", partition, 0, null, null)), now);
    }
}
