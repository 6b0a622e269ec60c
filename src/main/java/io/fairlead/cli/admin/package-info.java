/**
 * Layer 7: what all commands have in common that ask or order something of a running Fairlead: where its admin address is, and how it
 * is asked.
 */
@NullMarked
package io.fairlead.cli.admin;

import org.jspecify.annotations.NullMarked;
