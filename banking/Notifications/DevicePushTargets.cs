using Serverless.Banking.Customers;
using Serverless.Banking.Devices;

namespace Serverless.Banking.Notifications;

/// <summary>The installation of the most recent login (NOTE-06); of a customer who has never signed in, what the bank's books have.</summary>
internal sealed class DevicePushTargets(DeviceTable devices, PushTokens tokens, ForgetPushToken forget) : IPushTargets
{
    public async Task<string?> FindAsync(CustomerId customer, string? registered, CancellationToken cancellation)
    {
        var book = await devices.ReadAsync(customer, cancellation);
        return book.Head.LastInstallation is { } last ? book.Devices.FirstOrDefault(device => device.Id.Value == last)?.PushToken : registered;
    }

    public async Task ForgetAsync(CustomerId customer, string token, CancellationToken cancellation)
    {
        var book = await devices.ReadAsync(customer, cancellation);
        foreach (var device in book.Devices.Where(device => device.PushToken == token))
            await tokens.SaveAsync(customer, device.Id, null, cancellation);
        await forget.RunAsync(customer, token, cancellation);
    }
}
