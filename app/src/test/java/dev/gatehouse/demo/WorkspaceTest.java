package dev.gatehouse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    @Test
    void nothingIsLeftOfIt() throws Exception {
        var workspace = Workspace.open(false);
        Files.createDirectories(workspace.audit());
        Files.writeString(workspace.audit().resolve("audit-1.ndjson"), "{}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.root())))
                .isEqualTo("rwx------");
        workspace.close();
        assertThat(workspace.root()).doesNotExist();
    }

    @Test
    void itStaysIfItIsToBeKept() throws Exception {
        var workspace = Workspace.open(true);
        workspace.close();
        assertThat(workspace.root()).exists();
        Files.delete(workspace.root());
    }
}
