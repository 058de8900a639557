// SPDX-License-Identifier: Apache-2.0
/** Controls of the contract of SQL stores: stores that are wrong on purpose, which it must convict. */
package io.sett.engine.sqlite.control;
