using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Registrations;

internal sealed record RegisteredCustomer(CustomerId Customer, string Registration, Instant At);

/// <summary>What follows a registration: trail and notices (AUTH-27).</summary>
internal sealed class FollowRegistration(RecordAudit audit, SecurityNotices notices) : IFollowUp
{
    public const string Name = "customer_registered";

    public string Kind => Name;

    public static OutboxRow RowOf(UserRow user) => OutboxRow.Of(
        CredentialKeys.Table, CredentialKeys.Partition(user.Customer), Name, StableGuid.Of(Name, user.Customer.Value, user.Registration!),
        new RegisteredCustomer(user.Customer, user.Registration!, user.RegisteredAt));

    public async Task RunAsync(string content)
    {
        var (customer, registration, at) = StoredJson.Read<RegisteredCustomer>(content);
        await audit.RunAsync(
            new AuditEvent(AuditActor.Customer(customer), Name, $"customer/{customer.Value}") { Id = StableGuid.Of(Name, customer.Value, registration), At = at }, CancellationToken.None);
        await notices.TellAsync(customer, NoticeKind.RegistrationCompleted, $"registration|{registration}", at, CancellationToken.None);
    }
}
