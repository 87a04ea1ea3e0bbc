package io.hedgerow.evaluate.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Which pictures are taken.
 *
 * @param isWanted whether a picture that shows these classes is of use
 * @param limit most pictures; {@link Integer#MAX_VALUE} for all
 * @param seed of the choice: the same seed, the same pictures
 */
public record Selection(Predicate<Set<String>> isWanted, int limit, long seed) {
    /** Says whether something can be chosen. */
    interface Wish<T> {
        boolean wants(T candidate);
    }

    /** Everything. */
    public static Selection all() {
        return new Selection(labels -> true, Integer.MAX_VALUE, 0);
    }

    /** Chooses at random among candidates, and puts what is chosen in order of its names. Those not needed are not looked at. */
    <T extends Sample> List<T> of(List<T> candidates, Wish<T> wish) {
        List<T> shuffled = new ArrayList<>(candidates);
        shuffled.sort(Comparator.comparing(Sample::name));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T moved = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, moved);
        }
        List<T> chosen = new ArrayList<>();
        for (T candidate : shuffled) {
            if (chosen.size() == limit) {
                break;
            }
            if (wish.wants(candidate)) {
                chosen.add(candidate);
            }
        }
        chosen.sort(Comparator.comparing(Sample::name));
        return chosen;
    }

    /** The same where each candidate's annotations say what it shows; what can't be read is taken, to be counted later. */
    <T extends Sample> List<T> of(List<T> candidates) {
        return of(candidates, candidate -> {
            try {
                return isWanted.test(candidate.annotations().labels());
            } catch (BadDataException e) {
                return true;
            }
        });
    }
}
