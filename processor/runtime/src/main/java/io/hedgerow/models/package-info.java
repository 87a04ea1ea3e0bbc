/** Which models there are, by name and version, and what a device has loaded of them. */
@NullMarked
package io.hedgerow.models;

import org.jspecify.annotations.NullMarked;
