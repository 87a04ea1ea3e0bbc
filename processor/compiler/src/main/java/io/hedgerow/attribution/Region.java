package io.hedgerow.attribution;

/**
 * Neighbouring cells that together carry much of a map's relevance.
 *
 * @param box around them, in pixels of the image
 * @param share of the smoothed map's relevance of their sign that lies in them, 0 to 1
 */
public record Region(Box box, float share) {}
