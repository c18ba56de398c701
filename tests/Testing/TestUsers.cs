using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Credentials;

namespace Serverless.Testing;

/// <summary>Customers with a password, without the walk through a registration.</summary>
public static class TestUsers
{
    public static async Task RegisterAsync(IServiceProvider services, string number, string password)
    {
        var hash = await services.GetRequiredService<IPasswordWork>().HashAsync(password, CancellationToken.None);
        var now = Instant.FromDateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var written = await services.GetRequiredService<UserTable>().TryWriteAsync(
            new UserRow(CustomerId.Of(number), hash.Value!, [], now, now, MayPay: true, null, null, null, default), [], CancellationToken.None);
        if (!written)
            throw new InvalidOperationException($"{number} is registered already.");
    }
}
