using System.Text.Json.Nodes;

namespace Serverless.Functions.Tests.Infrastructure;

/// <summary>The files under <c>infra</c>, read by the grammar that editors use.</summary>
public sealed class BicepTests : IDisposable
{
    /// <summary>Wrong in one way for each rule.</summary>
    private const string Faulty = """
        import { nothing } from 'bank/queues.bicep'

        param Location string
        param unused string

        resource store 'Microsoft.Storage/storageAccounts@2023-05-01-preview' = {
          name: nothing
          location: 'westeurope'
          tags: {}
        }

        module queues 'modules/identity.bicep' = {
          name: Location
          params: {
            name: missing
            nme: 'x'
            tags: {}
          }
        }

        module absent 'modules/absent.bicep' = {
          name: 'absent'
          params: {}
        }

        output Key string = store.listKeys().keys[0].value
        output other string = queues.outputs.nothing
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("bicep").FullName;

    [Fact]
    public async Task Every_Bicep_file_can_be_read_and_follows_the_rules_and_one_that_does_not_would_be_named()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "faulty.bicep"), Faulty);
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.bicep"), "var names = [\n  'a'\n\nparam x string\n");
        var files = (await BicepFile.AllAsync()).ToDictionary(file => file.Path);
        var wrong = await BicepFile.ReadAsync(folder, [Path.Combine(folder, "faulty.bicep"), Path.Combine(folder, "broken.bicep")]);

        Assert.InRange(files.Count, 15, 100);
        Assert.Equal("", string.Join('\n', files.Values.SelectMany(file =>
            BicepRules.Findings(file, files, File.ReadAllText(Path.Combine(BicepFile.Root, file.Path))).Select(finding => $"{file.Path}: {finding}"))));
        Assert.Equal(
            """
            camel-case Location
            output-name Key
            unknown-name missing
            unused-name unused
            version Microsoft.Storage/storageAccounts@2023-05-01-preview
            tags store
            location store
            unknown-parameter queues.nme
            missing-parameter queues.location
            unknown-module modules/absent.bicep
            unknown-import nothing
            unknown-output queues.nothing
            key listKeys
            """,
            string.Join('\n', BicepRules.Findings(wrong[0], files, Faulty)));
        Assert.NotEmpty(wrong[1].Errors);
    }

    [Fact]
    public async Task Every_resource_gets_the_tags_by_which_it_is_found_answered_for_and_paid()
    {
        var tags = (await BicepFile.AllAsync()).Single(file => file.Path == "main.bicep").Vars.Single(it => it.Name == "tags").Value.AsObject();

        Assert.Equal(["application", "azd-env-name", "costCentre", "dataClassification", "environment", "owner"], tags.Select(it => it.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stages_say_the_same_and_no_more_than_the_modules_ask_for()
    {
        var asked = (await BicepFile.AllAsync()).Single(file => file.Path == "bank.bicep").Members
            .Where(member => member.StartsWith("stage.", StringComparison.Ordinal)).Select(member => member.Split('.')[1]).ToHashSet();
        var stages = Directory.EnumerateFiles(Path.Combine(BicepFile.Root, "stages"), "*.json").ToDictionary(
            path => Path.GetFileNameWithoutExtension(path), path => JsonNode.Parse(File.ReadAllText(path))!.AsObject());

        Assert.Equal(["dev", "prod", "test"], stages.Keys.Order(StringComparer.Ordinal));
        Assert.All(stages.Values, stage => Assert.Equal(asked.Order(StringComparer.Ordinal), stage.Select(it => it.Key).Order(StringComparer.Ordinal)));
        Assert.All(stages.Values, stage => Assert.Equal(stages["dev"]["settings"]!.AsObject().Select(it => it.Key), stage["settings"]!.AsObject().Select(it => it.Key)));
        Assert.All(stages.Values.SelectMany(stage => stage["settings"]!.AsObject()).Where(it => it.Key.EndsWith("Url", StringComparison.Ordinal)), setting =>
            Assert.StartsWith("https://", (string?)setting.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Main_is_given_a_value_for_every_parameter_that_has_none()
    {
        var given = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(BicepFile.Root, "main.parameters.json")))!["parameters"]!.AsObject().Select(it => it.Key).ToArray();
        var main = (await BicepFile.AllAsync()).Single(file => file.Path == "main.bicep");

        Assert.Empty(main.Params.Where(it => !it.IsOptional).Select(it => it.Name).Except(given));
        Assert.Empty(given.Except(main.Params.Select(it => it.Name)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
