using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task The_app_starts_from_its_own_Program_and_is_ready()
    {
        await using var bank = await HttpBank.StartAsync(makesAllTables: true);

        Assert.Equal("""200 {"status":"ready"}""", (await bank.CallAsync("GET", "public/v1/health")).ToString());
    }

    [Fact]
    public async Task Without_its_records_the_bank_says_so()
    {
        var azurite = await Emulator.AzuriteServer.StartAsync();
        await using var bank = await HttpBank.StartAsync(options =>
        {
            options.Storage = azurite.ConnectionString;
            options.Settings["Storage:ConnectionString"] = azurite.ConnectionString;
        }, makesAllTables: true);
        Assert.Equal(200, (await bank.CallAsync("GET", "public/v1/health")).Status);

        await azurite.DisposeAsync();
        var answer = await bank.CallAsync("GET", "public/v1/health");

        Assert.Equal("503 storage_unavailable", answer.ToString());
        Assert.NotNull(answer.Headers.RetryAfter);

        // Stopping in good order would wait for storage.
        await bank.Host.KillAsync();
    }
}
