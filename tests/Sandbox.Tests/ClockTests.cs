namespace Serverless.Sandbox.Tests;

public sealed class ClockTests
{
    [Fact]
    public async Task The_clock_is_set_advanced_and_runs_on()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero));
        await using var sandbox = await SandboxHost.StartAsync(time);

        Assert.Equal("""200 {"now":"2026-01-01T06:00:00.000Z"}""", $"{await sandbox.GetAsync("/clock")}");
        Assert.Equal("""200 {"now":"2027-03-04T05:06:07.000Z"}""", $"{await sandbox.PostAsync("/clock", """{"now":"2027-03-04T06:06:07+01:00"}""")}");
        Assert.Equal("""200 {"now":"2027-03-05T05:06:07.000Z"}""", $"{await sandbox.PostAsync("/clock", """{"advance":"1.00:00:00"}""")}");
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("""200 {"now":"2027-03-05T05:06:10.000Z"}""", $"{await sandbox.GetAsync("/clock")}");
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"now":"2026-01-01T06:00:00Z","advance":"1.00:00:00"}""", "")]
    [InlineData("""{"now":"2026-01-01"}""", "/now")]
    [InlineData("""{"now":"2026-02-30T06:00:00Z"}""", "/now")]
    [InlineData("""{"now":"2026-01-01T06:00:00"}""", "/now")]
    [InlineData("""{"now":"1999-12-31T23:59:59Z"}""", "/now")]
    [InlineData("""{"now":"2100-01-01T00:00:00Z"}""", "/now")]
    [InlineData("""{"advance":"-00:01:00"}""", "/advance")]
    [InlineData("""{"advance":"tomorrow"}""", "/advance")]
    [InlineData("""{"advance":"10675199.00:00:00"}""", "/advance")]
    public async Task A_time_that_cannot_be_is_refused(string body, string pointer)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.PostAsync("/clock", body);

        Assert.Equal((400, pointer), (answer.Status, $"{Assert.Single(answer.Json["errors"]!.AsArray())!["pointer"]}"));
    }
}
