using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Desk;

public static class DeskSetup
{
    /// <summary>The back office's desk. A capability adds its <see cref="IDeskQueue"/> besides.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services) => services.AddOperation<DeskQueues>().AddOperation<DecideCase>();
}
