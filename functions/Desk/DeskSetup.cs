using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Desk;

namespace Serverless.Functions.Desk;

public static class DeskSetup
{
    /// <summary>The desk's API and page. A capability adds its <see cref="IDeskQueue"/> and <see cref="IDeskWorkflow"/> besides.</summary>
    public static IServiceCollection AddBackOfficeDesk(this IServiceCollection services) => services.AddSingleton<DeskDoor>().AddDesk();
}
