package io.hedgerow.monitor;

import io.hedgerow.Alert;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import java.util.List;

/**
 * What a monitor has to say, each list in the order in which it is to be written.
 *
 * @param profiles one for all classes together, and one for each class of which something came
 * @param alerts revisions of alerts; examples are without thumbnails
 * @param references references that are new, or whose groups or answers changed
 */
public record Findings(List<Profile> profiles, List<Alert> alerts, List<ReferenceEntry> references) {}
