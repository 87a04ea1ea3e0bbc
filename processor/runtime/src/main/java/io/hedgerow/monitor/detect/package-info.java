/**
 * Tells when means have left their limits, with a stated number of false alarms over everything (e-detectors).
 */
@NullMarked
package io.hedgerow.monitor.detect;

import org.jspecify.annotations.NullMarked;
