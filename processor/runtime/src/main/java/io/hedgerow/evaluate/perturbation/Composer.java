package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.metrics.Cells;
import java.nio.ByteBuffer;

/** Puts a picture and its cover together. */
final class Composer {
    private final TensorSpec spec;

    Composer(TensorSpec spec) {
        this.spec = spec;
    }

    /** Appends the covered picture to a buffer; fewer cells are copied one by one, the others come as a whole. */
    void compose(ByteBuffer picture, ByteBuffer cover, Covered covered, ByteBuffer into) {
        Covered.Sequence sequence = covered.sequence();
        int start = into.position();
        if (sequence == null) {
            into.put(cover.duplicate());
            return;
        }
        int count = sequence.order().size();
        boolean isMostlyCovered = 2 * (covered.to() - covered.from()) > count;
        into.put((isMostlyCovered ? cover : picture).duplicate());
        if (isMostlyCovered) {
            copy(picture, sequence, 0, covered.from(), into, start);
            copy(picture, sequence, covered.to(), count, into, start);
        } else {
            copy(cover, sequence, covered.from(), covered.to(), into, start);
        }
    }

    private void copy(ByteBuffer source, Covered.Sequence sequence, int from, int to, ByteBuffer into, int start) {
        Cells cells = sequence.cells();
        boolean isLast = spec.axis() == ChannelAxis.LAST;
        int planes = isLast ? 1 : spec.channels();
        int pixel = spec.type().bytes() * (isLast ? spec.channels() : 1);
        for (int place = from; place < to; place++) {
            int cell = sequence.order().cell(place);
            int left = cells.left(cell);
            int bytes = (cells.right(cell) - left) * pixel;
            for (int plane = 0; plane < planes; plane++) {
                for (int y = cells.top(cell); y < cells.bottom(cell); y++) {
                    int at = ((plane * spec.height() + y) * spec.width() + left) * pixel;
                    into.put(start + at, source, at, bytes);
                }
            }
        }
    }
}
