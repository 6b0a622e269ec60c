/**
 * What is told of the program at one moment, as JSON and as a table. Units are in the names; what is not known is null; values
 * that may be secret are masked. For {@code io.fairlead.admin}; control context only, but where a class says otherwise.
 */
@NullMarked
package io.fairlead.admin.document;

import org.jspecify.annotations.NullMarked;
