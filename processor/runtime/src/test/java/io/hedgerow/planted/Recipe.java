package io.hedgerow.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a planted classifier is made of; its seed decides the rest. Of every choice the first is the simplest.
 *
 * @param first what is done to the picture first
 * @param second what is done to it then
 * @param shallow the block after the first convolution
 * @param deep the block after that
 */
record Recipe(
        long seed,
        Head head,
        Output output,
        Layout layout,
        Input input,
        Ensemble ensemble,
        Step first,
        Step second,
        Stem stem,
        Block shallow,
        Block deep,
        Activation activation,
        Framing framing) {
    private static final List<Enum<?>[]> FACTORS = List.of(
            Head.values(),
            Output.values(),
            Layout.values(),
            Input.values(),
            Ensemble.values(),
            Step.values(),
            Step.values(),
            Stem.values(),
            Block.values(),
            Block.values(),
            Activation.values(),
            Framing.values());

    /** Where axes lie. */
    enum Layout {
        /** N x H x W x C. */
        CHANNELS_LAST,
        /** N x C x H x W behind the input, as converters from ONNX write it: transposed around every convolution. */
        TRANSPOSED,
        /** The same from the input on. */
        CHANNELS_FIRST
    }

    /** How many networks there are, each looking for a patch of its own, and what of them is joined. */
    enum Ensemble {
        ONE(1, Join.FEATURES),
        TWO_LOGITS(2, Join.LOGITS),
        TWO_PROBABILITIES(2, Join.PROBABILITIES),
        TWO_FEATURES(2, Join.FEATURES),
        THREE_LOGITS(3, Join.LOGITS),
        THREE_PROBABILITIES(3, Join.PROBABILITIES),
        THREE_FEATURES(3, Join.FEATURES);

        final int members;
        final Join join;

        Ensemble(int members, Join join) {
            this.members = members;
            this.join = join;
        }
    }

    /** What the model says that it takes. */
    enum Input {
        FLOAT32,
        UINT8,
        /** float32 of any height and width, which are brought to a size first. */
        ANY_SIZE
    }

    enum Join {
        LOGITS,
        PROBABILITIES,
        FEATURES
    }

    /** How the picture becomes the model's input, before its graph. */
    enum Framing {
        AS_IT_IS,
        STRETCHED,
        CENTER_CROPPED
    }

    /** How many choices there are of each kind. */
    static int[] levels() {
        return FACTORS.stream().mapToInt(levels -> levels.length).toArray();
    }

    static Recipe of(long seed, int[] row) {
        return new Recipe(
                seed,
                Head.values()[row[0]],
                Output.values()[row[1]],
                Layout.values()[row[2]],
                Input.values()[row[3]],
                Ensemble.values()[row[4]],
                Step.values()[row[5]],
                Step.values()[row[6]],
                Stem.values()[row[7]],
                Block.values()[row[8]],
                Block.values()[row[9]],
                Activation.values()[row[10]],
                Framing.values()[row[11]]);
    }

    List<Enum<?>> choices() {
        return List.of(head, output, layout, input, ensemble, first, second, stem, shallow, deep, activation, framing);
    }

    /** The same with one choice made simplest, for each that isn't. */
    List<Recipe> simpler() {
        int[] row = choices().stream().mapToInt(Enum::ordinal).toArray();
        List<Recipe> simpler = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            if (row[i] > 0) {
                int[] changed = row.clone();
                changed[i] = 0;
                simpler.add(of(seed, changed));
            }
        }
        return simpler;
    }

    /** Reads what {@link #toString} wrote. */
    static Recipe parse(String text) {
        String[] words = text.split(":", -1);
        int[] row = new int[FACTORS.size()];
        for (int i = 0; i < row.length; i++) {
            String word = words[i + 1];
            row[i] = Stream.of(FACTORS.get(i))
                    .filter(level -> level.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no choice " + word))
                    .ordinal();
        }
        return of(Long.parseLong(words[0]), row);
    }

    @Override
    public String toString() {
        return seed
                + choices().stream()
                        .map(choice -> ":" + choice.name())
                        .collect(Collectors.joining())
                        .toLowerCase(Locale.ROOT);
    }
}
