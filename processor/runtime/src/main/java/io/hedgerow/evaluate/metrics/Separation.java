package io.hedgerow.evaluate.metrics;

/** How well a map, as a score of each pixel, tells a region from its surroundings. Equal scores count as one threshold. */
public final class Separation {
    private final Relevance map;
    private final Region region;
    private final Order order;
    private final int counted;

    /** @param order of the map; how it breaks ties is of no account here */
    public Separation(Relevance map, Region region, Order order) {
        this.map = map;
        this.region = region;
        this.order = order;
        this.counted = region.inner() + region.outer();
    }

    /** Average precision of R for the region's pixels, 0 to 1; the region's area is what chance gives. */
    public double averagePrecision() {
        double sum = 0;
        int seen = 0;
        int found = 0;
        int before = 0;
        for (int i = 0; i < order.size(); i++) {
            int pixel = order.cell(i);
            if (!region.isIgnored(pixel)) {
                seen++;
                found += region.isInside(pixel) ? 1 : 0;
            }
            boolean isLast = i + 1 == order.size() || map.get(order.cell(i + 1)) != map.get(pixel);
            if (isLast && found > before) {
                sum += (found - before) * (found / (double) seen);
                before = found;
            }
        }
        return sum / region.inner();
    }

    /**
     * "mAP" of both classes at once, as the code that the paper's was built on has it for soft maps: R scaled to 0…1 scores the
     * region, 1 − R its surroundings, and the average precision is that of all these pairs together.
     */
    public double mapSoft() {
        double low = map.get(order.cell(order.size() - 1));
        double spread = map.get(order.cell(0)) - low;
        double sum = 0;
        long seen = 0;
        long found = 0;
        long before = 0;
        int up = 0;
        int down = order.size() - 1;
        while (up < order.size() || down >= 0) {
            double upper = up < order.size() ? soft(order.cell(up), low, spread) : -1;
            double lower = down >= 0 ? 1 - soft(order.cell(down), low, spread) : -1;
            double threshold = Math.max(upper, lower);
            while (up < order.size() && soft(order.cell(up), low, spread) == threshold) {
                int pixel = order.cell(up++);
                seen += region.isIgnored(pixel) ? 0 : 1;
                found += !region.isIgnored(pixel) && region.isInside(pixel) ? 1 : 0;
            }
            while (down >= 0 && 1 - soft(order.cell(down), low, spread) == threshold) {
                int pixel = order.cell(down--);
                seen += region.isIgnored(pixel) ? 0 : 1;
                found += !region.isIgnored(pixel) && !region.isInside(pixel) ? 1 : 0;
            }
            if (found > before) {
                sum += (found - before) * (found / (double) seen);
                before = found;
            }
        }
        return sum / counted;
    }

    private double soft(int pixel, double low, double spread) {
        return spread > 0 ? (map.get(pixel) - low) / spread : 0;
    }

    /** The same of a map that is only asked whether R is above 0: the paper's mAP, [i]. */
    public double mapBinary() {
        double right = pixelAccuracy();
        return right * right + (1 - right) / 2;
    }

    /** Share of pixels where R is above 0 just where the region is. */
    public double pixelAccuracy() {
        int right = 0;
        for (int i = 0; i < map.size(); i++) {
            right += !region.isIgnored(i) && map.get(i) > 0 == region.isInside(i) ? 1 : 0;
        }
        return right / (double) counted;
    }

    /** Mean over region and surroundings of intersection over union, R being cut at its mean. */
    public double iou() {
        double mean = 0;
        for (int i = 0; i < map.size(); i++) {
            mean += map.get(i);
        }
        mean /= map.size();
        boolean isFlat = map.get(order.cell(0)) == map.get(order.cell(order.size() - 1));
        int both = 0;
        int above = 0;
        for (int i = 0; i < map.size(); i++) {
            if (!region.isIgnored(i) && !isFlat && map.get(i) > mean) {
                above++;
                both += region.isInside(i) ? 1 : 0;
            }
        }
        int neither = counted - above - region.inner() + both;
        double inside = both / (double) (above + region.inner() - both);
        double outside = neither / (double) (counted - both);
        return (inside + outside) / 2;
    }
}
