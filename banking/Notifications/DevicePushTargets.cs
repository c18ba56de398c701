using Serverless.Banking.Customers;
using Serverless.Banking.Devices;

namespace Serverless.Banking.Notifications;

/// <summary>The app of the most recent login (NOTE-06); of a customer who has never signed in with one, what the bank's books have.</summary>
/// <remarks>A browser takes no messages and takes none away from the app. Where the device of the last login was removed, nothing goes to a former one.</remarks>
internal sealed class DevicePushTargets(DeviceTable devices, PushTokens tokens, ForgetPushToken forget) : IPushTargets
{
    public async Task<string?> FindAsync(CustomerId customer, string? registered, CancellationToken cancellation)
    {
        var book = await devices.ReadAsync(customer, cancellation);
        var last = book.Devices.FirstOrDefault(device => device.Id.Value == book.Head.LastInstallation);
        if (last is null && book.Head.LastInstallation is not null)
            return null;
        var app = last is { Type: not InstallationType.Web } ? last : book.Devices.Where(device => device.Type != InstallationType.Web).MaxBy(device => device.LastLoginAt);
        return app is null ? registered : app.PushToken;
    }

    public async Task ForgetAsync(CustomerId customer, string token, CancellationToken cancellation)
    {
        var book = await devices.ReadAsync(customer, cancellation);
        foreach (var device in book.Devices.Where(device => device.PushToken == token))
            await tokens.SaveAsync(customer, device.Id, null, cancellation);
        await forget.RunAsync(customer, token, cancellation);
    }
}
