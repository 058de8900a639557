// SPDX-License-Identifier: Apache-2.0
module org.example.mvstoreput {
    requires com.h2database.mvstore;
}
