package io.hotdeal.demo;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point of the web application: it starts the demo, adds its servlets, and stops the demo
 * with the application.
 */
public final class DemoListener implements ServletContextListener {

  private static final Logger LOG = LoggerFactory.getLogger(DemoListener.class);

  private final Closer closer = new Closer();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Settings settings = settings(event.getServletContext());
    try {
      start(event.getServletContext(), settings);
    } catch (RuntimeException e) {
      closer.close();
      throw withoutSecrets(e, new Causes(settings));
    }
  }

  private static Settings settings(ServletContext context) {
    try {
      return new Settings(new Lookup(context));
    } catch (IllegalArgumentException e) {
      LOG.error("the demo does not start: {}", e.getMessage());
      throw e;
    }
  }

  private void start(ServletContext context, Settings settings) {
    Shop shop = new Shop(settings, closer);
    shop.endpoints().forEach(it -> add(context, it.path(), new OrderServlet(it)));
    for (HoldServlet.Verb verb : HoldServlet.Verb.values()) {
      add(context, "/" + verb.name().toLowerCase(Locale.ROOT), shop.step(verb));
    }
    add(context, "/pay", new PaymentPageServlet());
    add(context, "/reset", new ResetServlet(shop.endpoints(), settings));
    add(context, "/status", new StatusServlet(shop.status()));
    add(context, "/health", new HealthServlet(shop.health()));
    shop.open();
  }

  /** Logs the failure here too, because servers log it in a file that is easily overlooked. */
  private static RuntimeException withoutSecrets(RuntimeException failure, Causes causes) {
    String line = "the demo does not start: " + causes.of(failure);
    LOG.error(line);
    IllegalStateException shown = new IllegalStateException(line);
    shown.setStackTrace(failure.getStackTrace());
    return shown;
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    closer.close();
    ClassLoader application = event.getServletContext().getClassLoader();
    deregisterDrivers(application);
    ResourceBundle.clearCache(application); // it keeps the messages of drivers
  }

  /** JDBC drivers register with the JVM, which would keep this application in memory. */
  private static void deregisterDrivers(ClassLoader application) {
    DriverManager.drivers()
        .filter(it -> it.getClass().getClassLoader() == application)
        .forEach(DemoListener::deregister);
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      throw new IllegalStateException("the JDBC driver does not go", e);
    }
  }

  private static void add(ServletContext context, String path, Servlet servlet) {
    ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
    registration.addMapping(path);
    registration.setAsyncSupported(true);
  }
}
