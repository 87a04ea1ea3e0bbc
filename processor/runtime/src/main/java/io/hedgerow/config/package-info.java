/**
 * hedgerow.yaml, made into the settings records of the rooms that use them. Every key is declared once, with its type, default,
 * range and meaning, where its value is handed over; {@link io.hedgerow.config.ConfigReader} lists them for the table in
 * docs/configuration.md. What is wrong in a file is said with file and line.
 */
@NullMarked
package io.hedgerow.config;

import org.jspecify.annotations.NullMarked;
