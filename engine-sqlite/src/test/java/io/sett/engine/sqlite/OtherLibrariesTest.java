// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library for JDBC works on the DataSource of a store, beside the store. */
class OtherLibrariesTest {

    /** A row of the table. */
    public record Person(long id, String name) {
    }

    @TempDir
    Path directory;

    private SQLStore store;
    private Jdbi jdbi;

    @BeforeEach
    void open() {
        store = Stores.sql(directory, Map.of());
        store.execute("create table person (id integer primary key, name text not null)");
        jdbi = Jdbi.create(store.unwrap(DataSource.class));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void jdbiReadsAndWrites() {
        store.execute("insert into person values (1, 'Ada')");
        assertThat(store.query("select name from person", Rows.asString())).containsExactly("Ada");
        jdbi.useHandle(handle -> handle.createUpdate("insert into person (id, name) values (:id, :name)")
                .bind("id", 2).bind("name", "Bob").execute());
        assertThat(store.query("select name from person order by id", Rows.asString())).as("nothing stale")
                .containsExactly("Ada", "Bob");
        List<Person> people = jdbi.withHandle(handle -> handle.registerRowMapper(ConstructorMapper.factory(
                Person.class)).createQuery("select id, name from person order by id").mapTo(Person.class).list());
        assertThat(people).containsExactly(new Person(1, "Ada"), new Person(2, "Bob"));
    }

    @Test
    void transactionsOfJdbiAreAllOrNothingAndWaitTheirTurn() throws InterruptedException {
        jdbi.useTransaction(handle -> handle.execute("insert into person values (1, 'Ada')"));
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> jdbi.useTransaction(handle -> {
            handle.execute("insert into person values (2, 'Bob')");
            throw new IllegalStateException("mine");
        }));
        assertThat(thrown).hasMessage("mine");
        Thread beside = new Thread(() -> {
            for (int i = 0; i < 50; i++) {
                int id = 1000 + i;
                jdbi.useTransaction(handle -> handle.execute("insert into person values (?, 'x')", id));
            }
        });
        beside.start();
        for (int i = 0; i < 50; i++) {
            store.execute("insert into person values (?, 'y')", 2000 + i);
        }
        beside.join();
        assertThat(store.queryOne("select count(*) from person", Rows.asLong())).contains(101L);
    }
}
