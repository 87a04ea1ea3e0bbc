package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.Outputs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forward passes asked for and run in full batches, each distinct picture once. Not thread-safe. */
public final class Forwards {
    private final Classifier classifier;
    private final Covers covers;
    private final int batch;
    private final ByteBuffer buffer;
    private final Composer composer;
    private final Imputer imputer;
    private final Map<Subject, Map<Covered, Ticket>> known = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private long passes;
    private long running;
    private long inTheModel;
    private long asked;

    /** What is still to be computed: a covered picture, or another tensor whole. */
    private record Pending(Subject subject, @Nullable Covered covered, ImageTensor tensor, Ticket ticket) {}

    /** @param batch most pictures at once */
    public Forwards(Classifier classifier, Covers covers, int batch) {
        this.classifier = classifier;
        this.covers = covers;
        this.batch = batch;
        this.buffer = ByteBuffer.allocateDirect(
                        Math.multiplyExact(batch, classifier.input().bytes()))
                .order(ByteOrder.nativeOrder());
        this.composer = new Composer(classifier.input());
        this.imputer = covers.imputer();
    }

    /** What the model says of pictures as they are, at once. */
    public List<Outputs> predict(List<ImageTensor> pictures) {
        List<Outputs> outputs = new ArrayList<>(pictures.size());
        for (int from = 0; from < pictures.size(); from += batch) {
            List<ImageTensor> part = pictures.subList(from, Math.min(pictures.size(), from + batch));
            buffer.clear();
            part.forEach(picture -> buffer.put(picture.data().duplicate()));
            outputs.addAll(predict(part.size()));
        }
        return outputs;
    }

    /** Asks for a picture with some of it covered; who asks for the same again gets the same ticket. */
    public Ticket ask(Subject subject, Covered covered) {
        asked++;
        return known.computeIfAbsent(subject, s -> new HashMap<>()).computeIfAbsent(covered, c -> {
            Ticket ticket = new Ticket();
            if (c.cover() == null) {
                ticket.answer(subject.outputs(), subject.classes());
            } else {
                pending.add(new Pending(subject, c, subject.tensor(), ticket));
            }
            return ticket;
        });
    }

    /** Asks for another picture in place of the subject's. */
    public Ticket ask(Subject subject, ImageTensor other) {
        asked++;
        Ticket ticket = new Ticket();
        pending.add(new Pending(subject, null, other, ticket));
        return ticket;
    }

    /** Computes all that was asked for, and forgets the pictures. */
    public void run() {
        long start = System.nanoTime();
        Covering covering = new Covering();
        for (int from = 0; from < pending.size(); from += batch) {
            List<Pending> part = pending.subList(from, Math.min(pending.size(), from + batch));
            buffer.clear();
            part.forEach(covering::put);
            covering.fillIn();
            long composed = System.nanoTime();
            List<Outputs> outputs = predict(part.size());
            inTheModel += System.nanoTime() - composed;
            for (int i = 0; i < part.size(); i++) {
                part.get(i)
                        .ticket()
                        .answer(outputs.get(i), part.get(i).subject().classes());
            }
        }
        pending.clear();
        known.clear();
        running += System.nanoTime() - start;
    }

    private List<Outputs> predict(int count) {
        passes += count;
        return classifier.predict(buffer, count);
    }

    /** Puts what is asked for into the buffer, one after the other; makes a cover once for all that come together. */
    private final class Covering {
        private final Map<Cover, ByteBuffer> covers = new EnumMap<>(Cover.class);
        private final List<Runnable> toFillIn = new ArrayList<>();
        private @Nullable Subject current;

        void put(Pending one) {
            if (!one.subject().equals(current)) {
                covers.clear();
                current = one.subject();
            }
            ByteBuffer picture = one.tensor().data();
            Covered covered = one.covered();
            Cover cover = covered == null ? null : covered.cover();
            if (covered == null || cover == null) {
                buffer.put(picture.duplicate());
            } else if (cover == Cover.NEIGHBOURS) {
                int start = buffer.position();
                buffer.put(picture.duplicate());
                long seed = one.subject().seed();
                toFillIn.add(() -> imputer.fillIn(covered, seed, buffer, start));
            } else {
                composer.compose(
                        picture,
                        covers.computeIfAbsent(cover, c -> Forwards.this.covers.of(c, one.tensor())),
                        covered,
                        buffer);
            }
        }

        /** Each by itself, by as many threads as there are processors: it takes longer than the model. */
        void fillIn() {
            toFillIn.parallelStream().forEach(Runnable::run);
            toFillIn.clear();
        }
    }

    /** Pictures that went through the model so far. */
    public long passes() {
        return passes;
    }

    /** Pictures that were asked for so far, those asked for before included. */
    public long asked() {
        return asked;
    }

    /** What computing all that was asked for has cost, in terms of what the model itself took of it; NaN before the first time. */
    public double overhead() {
        return inTheModel == 0 ? Double.NaN : (double) running / inTheModel;
    }
}
