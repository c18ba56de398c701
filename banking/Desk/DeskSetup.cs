using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Desk;

public static class DeskSetup
{
    /// <summary>The back office's desk. The app binds <see cref="DeskOptions"/>; a capability adds its <see cref="IDeskQueue"/> besides.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddOptions<DeskOptions>();
        return services.AddTable(StaffDirectory.Table).AddOperation<StaffDirectory>().AddOperation<DeskQueues>().AddOperation<DecideCase>();
    }
}
