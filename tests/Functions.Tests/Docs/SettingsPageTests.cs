using System.Text.RegularExpressions;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Infrastructure;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Docs;

public sealed partial class SettingsPageTests
{
    private static readonly string Place = Path.Combine(Repository.Root, "docs/settings.md");

    [Fact]
    public void The_page_says_what_the_code_says()
    {
        var page = SettingsPage.Write();
        if (Environment.GetEnvironmentVariable("SERVERLESS_WRITE_DOCS") is not null)
            File.WriteAllText(Place, page);

        Assert.True(File.Exists(Place) && File.ReadAllText(Place).ReplaceLineEndings("\n") == page, "docs/settings.md is not what the options say: make docs, and read what has changed.");
    }

    /// <summary>A name that nobody reads is a name that somebody has misspelt.</summary>
    [Fact]
    public void Every_setting_of_the_sample_is_read_by_somebody()
    {
        var known = SettingsPage.Names.Select(name => new Regex($"^{Regex.Escape(name).Replace("\\{name}", ".+", StringComparison.Ordinal).Replace("__0", "__[0-9]+", StringComparison.Ordinal)}$")).ToArray();

        Assert.All(BankNeeds.Sample.Keys, name => Assert.True(Array.Exists(known, one => one.IsMatch(name)), $"Nobody reads {name}."));
    }

    [Fact]
    public async Task A_missing_setting_and_wrong_ones_stop_the_start_and_all_are_named_at_once()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => HttpBank.StartAsync(options =>
        {
            options.Settings["Quotes__Key"] = "";
            options.Settings["Webhooks__Key"] = "short";
            options.Settings["SmartPay__RequestDays"] = "0";
            options.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector";
        }));

        var told = refused.ToString();
        Assert.Single(Regex.Matches(refused.Message, "QuotesOptions"));
        Assert.Contains("Webhooks:Key", told, StringComparison.Ordinal);
        Assert.Contains("RequestDays", told, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", told, StringComparison.Ordinal);
        Assert.DoesNotContain("short", told, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_a_secret_says_so()
    {
        var rows = File.ReadLines(Place).Select(line => Row().Match(line)).Where(match => match.Success).Select(match => (Name: match.Groups[1].Value, Secret: match.Groups[2].Value.Trim())).ToArray();

        Assert.True(rows.Length > 200, $"{rows.Length} settings");
        Assert.Equal(["Devices__AttestationKeys__0"], rows.Where(row => SoundsSecret().IsMatch(row.Name) && row.Secret != "yes").Select(row => row.Name));
    }

    [GeneratedRegex(@"^\| `([^`]+)` \|(?:[^|]|\\\|)*\|(?:[^|]|\\\|)*\|(?:[^|]|\\\|)*\|((?:[^|]|\\\|)*)\|")]
    private static partial Regex Row();

    [GeneratedRegex("(Key|Keys__0|Secret)$")]
    private static partial Regex SoundsSecret();
}
