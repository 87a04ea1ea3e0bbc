/** The commands about models and devices: compile, explain, bench, devices. */
@NullMarked
package io.hedgerow.cli.model;

import org.jspecify.annotations.NullMarked;
