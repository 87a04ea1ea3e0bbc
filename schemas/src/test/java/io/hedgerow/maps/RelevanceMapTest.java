package io.hedgerow.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.AttributionMap;
import io.hedgerow.MapTransform;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RelevanceMapTest {
    /** Two rows of three cells, each 10 pixels wide and 20 high, over an image whose first 5 columns they leave out. */
    private final RelevanceMap map = new RelevanceMap(record(2, 3, 0, -127, 4, 127, 8, 127));

    private static AttributionMap record(int height, int width, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new AttributionMap(height, width, 0.5f, ByteBuffer.wrap(bytes), 1, new MapTransform(10d, 5d, 20d, 0d));
    }

    @Test
    void shouldScaleSignedValues() {
        assertThat(map.values()).containsExactly(0f, -63.5f, 2f, 63.5f, 4f, 63.5f);
        assertThat(map.at(0, 1)).isEqualTo(-63.5f);
        assertThat(map.at(1, 2)).isEqualTo(63.5f);
    }

    @Test
    void shouldPlaceCellsOnTheImage() {
        assertThat(map.box(1, 2, 1, 1)).isEqualTo(new RelevanceMap.Box(25, 20, 10, 20));
        assertThat(map.box(0, 0, 2, 3)).isEqualTo(new RelevanceMap.Box(5, 0, 30, 40));
    }

    @Test
    void shouldFindTheFirstOfEqualPeaks() {
        assertThat(map.peak()).isEqualTo(new RelevanceMap.Peak(1, 0, 10, 30, 63.5f));
    }

    @Test
    void shouldSampleTheCellUnderAPixel() {
        assertThat(map.atPixel(14, 20)).isEqualTo(63.5f);
        assertThat(map.atPixel(15, 20)).isEqualTo(4f);
        assertThat(map.atPixel(15, 19)).isEqualTo(-63.5f);
    }

    @Test
    void shouldHaveNoRelevanceOutsideTheMap() {
        assertThat(map.atPixel(4, 30)).isZero();
        assertThat(map.atPixel(35, 30)).isZero();
        assertThat(map.atPixel(10, 40)).isZero();
        assertThat(map.atPixel(10, -1)).isZero();
    }

    @Test
    void shouldLeaveTheRecordAsItIs() {
        AttributionMap record = record(1, 2, 1, 2);
        new RelevanceMap(record);
        assertThat(new RelevanceMap(record).values()).containsExactly(0.5f, 1f);
    }

    @Test
    void shouldRefuseARecordThatContradictsItself() {
        assertThatThrownBy(() -> new RelevanceMap(record(2, 2, 1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A map of 2 x 2 cells comes with 3 values");
        assertThatThrownBy(() -> new RelevanceMap(record(65536, 65536))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.at(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
