using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Serverless.Banking.Calendar;

public static class CalendarSetup
{
    /// <summary>Business days. The app binds <see cref="CalendarOptions"/>. Idempotent, because several capabilities ask for it.</summary>
    public static IServiceCollection AddCalendar(this IServiceCollection services)
    {
        services.AddOptions<CalendarOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BankCalendar>();
        return services;
    }
}
