/** Who may look at the page, who may answer, and under which names it is served. */
@NullMarked
package io.hedgerow.dashboard.security;

import org.jspecify.annotations.NullMarked;
