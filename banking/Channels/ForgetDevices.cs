using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Devices;

namespace Serverless.Banking.Channels;

/// <summary>Blocking takes trust, Soft PIN, biometrics and push address from every device of the customer (LIFE-11).</summary>
internal sealed class ForgetDevices(ListDevices devices, CutOffDevice cutOff, FindContactDetails find, SaveContactDetails save) : IChannelBlockedFollowUp
{
    public async Task RunAsync(BlockedChannel blocked, CancellationToken cancellation)
    {
        var actor = blocked.Kind == ChannelEventKind.VerificationExpired ? AuditActor.Bank(blocked.By) : AuditActor.Staff(blocked.By, blocked.Origin);
        foreach (var device in await devices.AllAsync(blocked.Customer, cancellation))
            await cutOff.RunAsync(new TrustRemoval(blocked.Customer, device.Id, actor) { Reason = blocked.Reason }, cancellation);
        if (await find.RunAsync(blocked.Customer, cancellation) is { PushToken: not null } contact)
            await save.RunAsync(contact with { PushToken = null }, cancellation);
    }
}
