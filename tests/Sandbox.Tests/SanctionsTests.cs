using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Serverless.Sandbox.Tests;

public sealed class SanctionsTests
{
    [Fact]
    public async Task The_list_has_the_shape_of_the_public_one_and_can_be_changed()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        Assert.Equal(["Viktor Zarkov", "Dritan Gjarpri", "Leila Al Sahra"], await NamesAsync(sandbox));

        Assert.Equal(201, (await sandbox.PostAsync(
            "/lists/sanctions/individuals", """{"referenceNumber":"XXi.004","firstName":"Arben","secondName":"Keq","birthDate":"1970-01-31","aliases":["Ben Keq"]}""")).Status);
        Assert.Equal(204, (await sandbox.DeleteAsync("/lists/sanctions/individuals/XXi.001")).Status);
        Assert.Equal(404, (await sandbox.DeleteAsync("/lists/sanctions/individuals/XXi.001")).Status);
        Assert.Equal(400, (await sandbox.PostAsync("/lists/sanctions/individuals", """{"referenceNumber":"X","firstName":"A","secondName":"B","birthDate":"1.1.1970"}""")).Status);

        Assert.Equal(["Dritan Gjarpri", "Leila Al Sahra", "Arben Keq"], await NamesAsync(sandbox));
        var last = (await ListAsync(sandbox)).Descendants("INDIVIDUAL").Last();
        Assert.Equal("EXACT 1970-01-31 Ben Keq", string.Join(' ', new[] { "TYPE_OF_DATE", "DATE", "ALIAS_NAME" }.Select(name => last.Descendants(name).Single().Value)));
        await sandbox.PostAsync("/reset");
        Assert.Equal(3, (await NamesAsync(sandbox)).Length);
    }

    [Fact]
    public async Task The_politically_exposed_are_a_list_of_their_own()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var lines = (await sandbox.GetAsync("/lists/peps/entities.ftm.json")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();

        Assert.Equal(["Gentian Ministri", "Mimoza Kryetari"], lines.Where(IsExposed).Select(line => (string)line["properties"]!["name"]![0]!));
        Assert.Equal(404, (await sandbox.GetAsync("/lists/peps/consolidated.xml")).Status);
        Assert.Equal(404, (await sandbox.GetAsync("/lists/sanctions/entities.ftm.json")).Status);

        static bool IsExposed(JsonNode line) => (string)line["schema"]! == "Person" && line["properties"]!["topics"]!.AsArray().Any(topic => (string)topic! == "role.pep");
    }

    private static async Task<XDocument> ListAsync(SandboxHost sandbox) => XDocument.Parse((await sandbox.GetAsync("/lists/sanctions/consolidated.xml")).Text);

    private static async Task<string[]> NamesAsync(SandboxHost sandbox) =>
        [.. (await ListAsync(sandbox)).Descendants("INDIVIDUAL").Select(it => $"{it.Element("FIRST_NAME")!.Value} {it.Element("SECOND_NAME")!.Value}")];
}
