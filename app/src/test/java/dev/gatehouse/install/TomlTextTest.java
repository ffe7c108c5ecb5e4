package dev.gatehouse.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("an entry is added to TOML as a table at the end, and everything else stays byte for byte")
class TomlTextTest {
    private static final ServerEntry ENTRY =
            new ServerEntry("robot", List.of("/opt/gate house/gatehouse", "mcp", "/srv/\"bob\"/ROBOT.md"));
    private static final String TABLE = """
            [mcp_servers.robot]
            command = "/opt/gate house/gatehouse"
            args = ["mcp", "/srv/\\"bob\\"/ROBOT.md"]
            """;

    private static Edit.Changed changed(String text) {
        var edit = TomlText.edit(text, ENTRY);
        assertThat(edit).isInstanceOf(Edit.Changed.class);
        var after = ((Edit.Changed) edit).text();
        assertThat(TomlText.edit(after, ENTRY)).isEqualTo(new Edit.Same());
        return (Edit.Changed) edit;
    }

    @ParameterizedTest
    @DisplayName("TOML 1.0: a table with a header of its own may come last, whatever precedes it")
    @ValueSource(
            strings = {
                "model = \"x\"\n",
                "# only a comment\n",
                "a.b = 1\n\"c d\".'e.f' = 2026-01-01 07:32:00 # when\n[t]\n",
                "[mcp_servers]\n[mcp_servers.other]\ncommand = 'x'\n",
                "[mcp_servers]\nother = { command = \"x\", args = [] }\n",
                "x = '''\n[mcp_servers.robot]\n'''\ny = \"\"\"\n[mcp_servers.robot] \\\"\"\"\"\"\n",
                "list = [\n  # one\n  [\"mcp_servers\"],\n  { a = 1, b = [2] },\n]\n",
                "[[profiles]]\nname = 'a'\n[[profiles]]\nname = 'b'\n",
                "[mcp_servers.robots]\ncommand = 'x'\n"
            })
    void appended(String before) {
        assertThat(changed(before).text()).isEqualTo(before + "\n" + TABLE);
    }

    @Test
    void edges() {
        assertThat(changed("").text()).isEqualTo(TABLE);
        assertThat(changed("a = 1").text()).isEqualTo("a = 1\n\n" + TABLE);
        assertThat(changed("a = 1\r\n").text()).isEqualTo("a = 1\r\n\r\n" + TABLE.replace("\n", "\r\n"));
        assertThat(changed("a = 1").added()).isEqualTo(TABLE.lines().toList());
    }

    @Test
    @DisplayName("a table of the same name is replaced alone, and none of its private values is shown")
    void replaced() {
        var before =
                "a = 1\n\n[mcp_servers.robot] # mine\ncommand = \"/old\"\nenv = { KEY = \"secret\" }\n# next\n[z]\nb = 2\n";

        var edit = changed(before);

        assertThat(edit.text()).isEqualTo("a = 1\n\n" + TABLE + "# next\n[z]\nb = 2\n");
        assertThat(edit.removed()).containsExactly("[mcp_servers.robot]", "command = \"/old\"", "env = ...");
    }

    @ParameterizedTest
    @DisplayName("what is not understood, or defined in another form, is not changed")
    @ValueSource(
            strings = {
                "a = ",
                "a = [1",
                "a = \"x\ny\"",
                "a = 1 = 2]",
                "just words",
                "[t",
                "[t] x",
                "{}",
                "mcp_servers = {}",
                "mcp_servers.robot.command = 'x'",
                "mcp_servers.other.command = 'x'",
                "[mcp_servers]\nrobot = {}",
                "[mcp_servers]\nrobot.command = 'x'",
                "[[mcp_servers]]",
                "[[mcp_servers.robot]]",
                "[mcp_servers.robot]\ncommand = 'x'\n[mcp_servers.robot.env]\nKEY = 'secret'",
                "[mcp_servers.robot.env]\nKEY = 'secret'",
                "[mcp_servers.robot]\n[mcp_servers.robot]"
            })
    void refused(String text) {
        assertThat(TomlText.edit(text, ENTRY)).isInstanceOf(Edit.Refused.class);
    }
}
