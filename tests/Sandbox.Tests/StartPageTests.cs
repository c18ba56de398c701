namespace Serverless.Sandbox.Tests;

public sealed class StartPageTests
{
    [Fact]
    public async Task The_start_page_names_every_party_and_how_it_fares()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/digitalb", """{"latencyMs":250,"errorRate":0.125}""");
        await sandbox.PutAsync("/knobs/push", """{"refuseWith":"token_expired","duplicateAnswers":true}""");

        var page = (await sandbox.GetAsync("/")).Text;

        foreach (var party in new[] { "oshee", "ukt", "albtelecom", "digitalb", "traffic-police" })
        {
            Assert.Contains($"<code>/billers/{party}</code>", page, StringComparison.Ordinal);
        }

        Assert.Contains("250 ms late, 12.5 % errors", page, StringComparison.Ordinal);
        Assert.Contains("refuses: token_expired, answers twice", page, StringComparison.Ordinal);
        Assert.Contains("000000001: 1707.40 ALL", page, StringComparison.Ordinal);
        Assert.Contains("Mira Teller", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_of_the_start_page_lead_somewhere()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var page = (await sandbox.GetAsync("/")).Text;
        var links = System.Text.RegularExpressions.Regex.Matches(page, "<a [^>]*href=\"([^\"]+)\"").Select(link => link.Groups[1].Value).Distinct().ToArray();

        Assert.True(links.Length > 10);
        foreach (var link in links)
        {
            Assert.Equal(200, (await sandbox.GetAsync(link)).Status);
        }
    }
}
