using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Calendar;

public static class CalendarSetup
{
    /// <summary>Business days. The app binds <see cref="CalendarOptions"/>. Idempotent, because several capabilities ask for it.</summary>
    public static IServiceCollection AddCalendar(this IServiceCollection services)
    {
        services.AddCheckedOptions<CalendarOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BankCalendar>();
        return services;
    }

    /// <summary>The days that staff set, for the app; without it the law's rules alone hold.</summary>
    public static IServiceCollection AddStaffCalendar(this IServiceCollection services)
    {
        services.AddCalendar().AddTable(StaffHolidays.Table).TryAddSingleton<LaterWork>();
        services.AddSingleton<WorkingHours>();
        return services.AddOperation<StaffHolidays>();
    }
}
