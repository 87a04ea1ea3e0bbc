/** What the page shows: the state of models, classes and alerts as it follows from monitoring's topics, as values for JSON. */
@NullMarked
package io.hedgerow.dashboard.view;

import org.jspecify.annotations.NullMarked;
