using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Outbox;

public static class OutboxSetup
{
    /// <summary>What follows writes. Idempotent, because every teller asks for it; a teller adds its <see cref="IFollowUp"/> besides.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services.Any(service => service.ServiceType == typeof(Dispatch))
        ? services
        : services.AddTable(OutboxTable.Name).AddSingleton<OutboxTable>().AddSingleton<Dispatch>().AddOperation<SweepOutbox>();
}
