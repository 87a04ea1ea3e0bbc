package io.hedgerow.attribution;

import java.util.List;

/**
 * Regions of an image that hold the evidence and the suppression: the map is smoothed by a 3 × 3 mean; of each sign the fewest
 * cells that hold half of its relevance make up regions of neighbours, diagonal ones included. A region that carries less than
 * a twentieth of its sign's relevance is left out, so that scattered relevance has no regions at all.
 *
 * @param evidence regions that speak for the class, largest share first; at most five
 * @param suppressors regions that speak against it, largest share first; at most five
 */
public record Regions(List<Region> evidence, List<Region> suppressors) {
    /** One a thread, for what it keeps. */
    private static final ThreadLocal<RegionFinder> FINDERS = ThreadLocal.withInitial(RegionFinder::new);

    /**
     * Finds the regions of a map.
     *
     * @param imageWidth width in pixels of the image that the map's transform leads to
     * @param imageHeight its height in pixels
     */
    public static Regions of(SignedMap map, int imageWidth, int imageHeight) {
        RegionFinder.Found found = FINDERS.get().find(map, imageWidth, imageHeight);
        return new Regions(found.evidence(), found.suppressors());
    }
}
