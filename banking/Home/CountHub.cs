using Serverless.Banking.Complaints;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Home;

/// <summary>The numbers on the envelope.</summary>
/// <param name="OpenRequests">Complaints and suggestions that are not closed.</param>
/// <param name="OpenMoneyRequests">Received and not answered.</param>
public sealed record HubCounters(int OpenRequests, int OpenMoneyRequests, int UnreadNotifications, int PendingApprovals);

public sealed class CountHub
{
    private readonly ListServiceRequests requests;
    private readonly CountReceivedRequests moneyRequests;
    private readonly NotificationList notifications;
    private readonly ListApprovals approvals;

    internal CountHub(ListServiceRequests requests, CountReceivedRequests moneyRequests, NotificationList notifications, ListApprovals approvals) =>
        (this.requests, this.moneyRequests, this.notifications, this.approvals) = (requests, moneyRequests, notifications, approvals);

    public async Task<HubCounters> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var counts = await Task.WhenAll(
            requests.CountOpenAsync(customer, cancellation), moneyRequests.RunAsync(customer, cancellation),
            notifications.CountUnreadAsync(customer, cancellation), approvals.CountPendingAsync(customer, cancellation));
        return new HubCounters(counts[0], counts[1], counts[2], counts[3]);
    }
}
