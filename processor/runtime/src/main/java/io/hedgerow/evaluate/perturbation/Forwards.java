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
    private final Map<Subject, Map<Covered, Ticket>> known = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private long passes;
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
    }

    /** What the model says of pictures as they are, at once. */
    public List<Outputs> predict(List<ImageTensor> pictures) {
        List<Outputs> outputs = new ArrayList<>(pictures.size());
        for (int from = 0; from < pictures.size(); from += batch) {
            List<ImageTensor> part = pictures.subList(from, Math.min(pictures.size(), from + batch));
            buffer.clear();
            part.forEach(picture -> buffer.put(picture.data().duplicate()));
            outputs.addAll(classifier.predict(buffer, part.size()));
            passes += part.size();
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
        Map<Cover, ByteBuffer> ofSubject = new EnumMap<>(Cover.class);
        Subject current = null;
        for (int from = 0; from < pending.size(); from += batch) {
            List<Pending> part = pending.subList(from, Math.min(pending.size(), from + batch));
            buffer.clear();
            for (Pending one : part) {
                if (!one.subject().equals(current)) {
                    ofSubject.clear();
                    current = one.subject();
                }
                Covered covered = one.covered();
                if (covered == null || covered.cover() == null) {
                    buffer.put(one.tensor().data().duplicate());
                } else {
                    ByteBuffer cover = ofSubject.computeIfAbsent(
                            covered.cover(), c -> covers.of(c, one.subject().tensor()));
                    composer.compose(one.tensor().data(), cover, covered, buffer);
                }
            }
            List<Outputs> outputs = classifier.predict(buffer, part.size());
            for (int i = 0; i < part.size(); i++) {
                part.get(i)
                        .ticket()
                        .answer(outputs.get(i), part.get(i).subject().classes());
            }
            passes += part.size();
        }
        pending.clear();
        known.clear();
    }

    /** Pictures that went through the model so far. */
    public long passes() {
        return passes;
    }

    /** Pictures that were asked for so far, those asked for before included. */
    public long asked() {
        return asked;
    }
}
