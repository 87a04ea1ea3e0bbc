package io.hedgerow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {
    @Test
    void shouldTakeTheMiddleOrTheMeanOfTheMiddleTwo() {
        assertEquals(2, Medians.of(List.of(3.0, 1.0, 2.0), figure -> figure));
        assertEquals(2.5, Medians.of(List.of(3.0, 100.0, 1.0, 2.0), figure -> figure));
    }

    @Test
    void shouldNotHideThatAFigureCouldNotBeMeasured() {
        assertEquals(Double.NaN, Medians.of(List.of(1.0, Double.NaN, 2.0), figure -> figure));
    }
}
